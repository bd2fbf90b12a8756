"""Rule packs and the cited facts of policy documents."""
