"""Which films will this member see next: from raw ratings to ten places on a page."""
