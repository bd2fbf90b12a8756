"""No log holds an address that opens something by itself."""

import pytest
from fastapi.testclient import TestClient

SECRET = "c0ffee-c0ffee-c0ffee"


@pytest.mark.parametrize(
    "path",
    [
        "/zh/check/{}/match",
        "/api/v1/checks/{}/reports",
        "/zh/archive/{}",
        "/en/archive/{}.json",
        "/api/v1/archive/{}",
        "/zh/complaints/{}",
        "/en/complaints/{}/withdraw",
        "/api/v1/complaints/followed/{}/contact",
        "/api/v1/notices/{}/atom",
    ],
)
def test_secret_parts_of_addresses_stay_out_of_the_log(
    site: TestClient, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    site.get(path.format(SECRET))
    said = capsys.readouterr()
    assert "Request answered." in said.out + said.err
    assert SECRET not in said.out + said.err
