"""What an organisation is told, by any feature: in the app, as a private Atom feed, as signed webhooks."""
