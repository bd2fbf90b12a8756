"""Other people's clients, unchanged, against a running server of ours; and one of ours against another."""
