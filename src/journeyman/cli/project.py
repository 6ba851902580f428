"""``journeyman project``: from raw data to a model that a stranger can run again."""

from __future__ import annotations

import click

from journeyman.cli import project_judging as judging
from journeyman.cli import project_work as work


@click.group()
def project() -> None:
    """Build projects: a repository of your own, from raw data to a served model."""


for _command in (
    work.list_, work.new, work.status, work.audit, work.run, work.runs, work.compare, work.check,
    judging.evaluate, judging.explain, judging.export, judging.serve, judging.monitor,
    judging.reproduce, judging.submit, work.data,
):  # fmt: skip
    project.add_command(_command)
