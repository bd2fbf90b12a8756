"""The pages on which a manufacturer applies: list, tasks, one page for each part, check, receipt, history."""
