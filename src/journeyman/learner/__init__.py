"""Pure models of a learner: what is held, how long it lasts, what to ask, what to do next."""
