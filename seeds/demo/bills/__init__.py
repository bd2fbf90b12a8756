"""Three larger example bills, in the forms that bills of quantities come in."""
