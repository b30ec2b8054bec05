"""A server of its own for each program measured: started, watched through /proc, stopped."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
START_SECONDS = 60
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """One `streamlit run` in a process of its own; its log is a file, so that nothing waits for a reader."""

    def __init__(
        self, name: str, script: Path, port: int, folder: Path, environ: Mapping[str, str], *, defaults: bool
    ) -> None:
        self.name = name
        self.url = f"http://127.0.0.1:{port}"
        self.folder = folder / name
        self._command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
        self._environ = _environment(self.folder, environ)
        # Streamlit reads .streamlit/config.toml where it is started; a reference must not find ours.
        self._cwd = self.folder if defaults else ROOT
        if defaults:
            self._command += ["--server.address", "127.0.0.1", "--server.headless", "true"]
            self._command += ["--browser.gatherUsageStats", "false", "--logger.hideWelcomeMessage", "true"]

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> float:
        """Start it and return the seconds until its health address first answered 200."""
        self.folder.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environ,
                cwd=self._cwd,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        while not self._healthy():
            if self._process.poll() is not None or time.perf_counter() - started > START_SECONDS:
                raise RuntimeError(f"{self.name} did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.01)
        return time.perf_counter() - started

    def stop(self) -> None:
        """Stop it and wait until it is gone."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def pid(self) -> int:
        return self._process.pid

    def cpu_seconds(self) -> float:
        """Processor time used so far, in user and kernel mode."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def megabytes(self) -> float:
        """Memory as PSS: pages shared with other processes count in part."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no Pss in smaps_rollup")

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def _environment(home: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Our environment without any setting of ours or Streamlit's, and a home with no configuration in it."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("STREAMLIT_", "STRATEGY_"))
    }
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), **given}
