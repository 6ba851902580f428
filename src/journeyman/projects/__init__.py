"""Projects: the whole pipeline in a repository of the learner's own, looked over and re-run."""
