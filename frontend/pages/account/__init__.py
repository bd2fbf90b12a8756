"""The pages of an account: signing in, what one may do, security, members, keys."""
