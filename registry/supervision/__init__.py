"""Supervision 监督: complaints with a right of reply, surveillance rounds drawn by lot, recognition 采信."""
