import os
import stat
from pathlib import Path

import pytest

from index.errors import StoreError
from index.store.home import secret


def test_a_home_keeps_its_secret_and_no_other_has_it(tmp_path: Path) -> None:
    first = secret(tmp_path / "one")
    assert len(first) == 32
    assert secret(tmp_path / "one") == first != secret(tmp_path / "two")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["secret.key"]


@pytest.mark.skipif(os.name == "nt", reason="permissions as POSIX has them")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    secret(tmp_path)
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        secret(tmp_path / "file")
