"""Problems that visitors report: private, for the operator alone, and gone after the days set for them."""
