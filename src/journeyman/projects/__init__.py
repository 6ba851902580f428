"""Projects: a repository of the learner's own, from raw data to a served model."""
