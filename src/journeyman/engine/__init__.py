"""Where work runs: behind the Executor of concurrent.futures, so that a cluster can stand in."""

from journeyman.engine.fair import FairExecutor, Place, Snapshot

__all__ = ["FairExecutor", "Place", "Snapshot"]
