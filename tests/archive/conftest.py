"""One small cluster for all tests of this folder: its worker is a thread, reached over loopback as any cluster is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from distributed import LocalCluster

from tests.archive.newsroom import Build, builder


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the cluster's scheduler."""
    with LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        protocol="tcp",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=50,
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def build(address: str) -> Iterator[Build]:
    """Builds an archive on the cluster."""
    with builder(address) as made:
        yield made
