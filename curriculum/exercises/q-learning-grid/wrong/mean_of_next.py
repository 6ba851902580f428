# category: value
import numpy as np


def learn(next_state, reward, start, goal, draws, alpha=0.5, gamma=0.9, epsilon=0.1, initial=0.0):
    next_state, reward = np.asarray(next_state), np.asarray(reward)
    q = np.full(next_state.shape, initial, dtype=float)
    for episode in draws:
        state = start
        for explore, pick in episode:
            if state == goal:
                break
            action = int(pick * q.shape[1]) if explore < epsilon else q[state].argmax()
            after = next_state[state, action]
            future = 0.0 if after == goal else q[after].mean()
            q[state, action] += alpha * (reward[state, action] + gamma * future - q[state, action])
            state = after
    return q
