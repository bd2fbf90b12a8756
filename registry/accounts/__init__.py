"""Who signs in: accounts, roles in organisations, sessions, passkeys, keys, and each account's history."""
