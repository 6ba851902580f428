"""Knowledge tracing from a log of responses: fit on some learners, predict others online."""

from journeyman.learner.tracing.log import Log, Response
from journeyman.learner.tracing.tracer import Tracer, Tracing

__all__ = ["Log", "Response", "Tracer", "Tracing"]
