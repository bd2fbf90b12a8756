"""What an organisation is told: in the app, as a private Atom feed, and as signed webhooks."""
