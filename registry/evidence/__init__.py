"""Private files that stand behind an application: scanned, stored by their hash, never published."""
