"""One fault for each check of the pre-flight, which no other check finds."""
