"""The house run: honest models fitted under a stated budget, the learner's opponent."""
