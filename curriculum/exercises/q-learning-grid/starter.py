import numpy as np


def learn(next_state, reward, start, goal, draws, alpha=0.5, gamma=0.9, epsilon=0.1, initial=0.0):
    """Table Q of shape (S, A) after Q-learning along the given draws."""
