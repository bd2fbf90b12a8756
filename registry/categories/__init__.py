"""Material kinds, certification categories and regions: three tables that are never mixed."""
