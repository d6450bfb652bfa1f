"""``bermitra serve`` behind a proxy on the same machine: the proxy says who asks and by which scheme."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.house import House

pytestmark = pytest.mark.slow


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given):
        return None


@pytest.fixture
def behind_https(tmp_path):
    house = House(tmp_path)
    house.run(house.command("prepare"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**house.env, "BERMITRA_ORIGIN": "https://desa.example"}
    words = [sys.executable, "-m", "bermitra.cli", "serve", "--port", str(port), "--no-worker"]
    server = subprocess.Popen(words, env=env, cwd=house.home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(**headers: str) -> int:
        asked = urllib.request.Request(f"http://127.0.0.1:{port}/masuk/", headers={"Host": "desa.example", **headers})
        try:
            return urllib.request.build_opener(Stay).open(asked, timeout=10).status
        except urllib.error.HTTPError as answer:
            return answer.code

    for _ in range(100):
        try:
            ask()
            break
        except OSError:
            time.sleep(0.2)
    yield ask
    server.terminate()
    server.wait(timeout=20)


def test_what_came_by_https_is_answered_and_what_did_not_is_sent_there(behind_https):
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    assert behind_https(**proxied) == 200
    assert behind_https() == 301
