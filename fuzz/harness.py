"""`python -m fuzz.harness FORMAT FOLDER SECONDS SEED…`: one format, one process, until the time is up.

What is not as it must be is kept in FOLDER/faults with its reason, each kind once, and the run
goes on; a hang or a crash of the interpreter ends it.
"""

import json
import resource
import sys
import time
import traceback
import zlib
from collections import Counter
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["services", "shared"]):
    from tests.support.soundness import read_soundly

from fuzz.mutation import mutator
from fuzz.tokens import dictionary, words_of

LONGEST = 1_000_000
SECONDS_A_BYTE = 1e-6
# What a small body may take: a tenth of a second would be a fault, noise is not.
SECONDS_AT_LEAST = 0.25
# Instrumented code runs slower, and checking what came out costs as much as reading it.
SLOWNESS = 8
MOST_KILOBYTES = 200_000
LABELS = (None, None, None, None, "application/json", "text/plain", "application/xml", "x/y")


class Run:
    """Counts executions, and keeps each kind of fault once, with the copy that showed it."""

    def __init__(self, folder: Path) -> None:
        self._faults = folder / "faults"
        self._faults.mkdir(parents=True, exist_ok=True)
        self._told = folder / "run.json"
        self.counts: Counter[str] = Counter()
        self.slowest = 0.0

    def one(self, body: bytes) -> None:
        """Read one body and judge what came of it, the time and the memory it took."""
        label = LABELS[zlib.crc32(body) % len(LABELS)]
        memory, start = _peak(), time.process_time()
        try:
            stories = read_soundly(body, label)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what we look for
            self._keep(body, label, _kind_of(fault), traceback.format_exc())
            return
        took = time.process_time() - start
        self.counts["executions"] += 1
        self.counts["read" if stories else "unreadable"] += 1
        for form in {story.format for story in stories}:
            self.counts[form] += 1
        self.slowest = max(self.slowest, took)
        if took > SLOWNESS * max(SECONDS_AT_LEAST, len(body) * SECONDS_A_BYTE):
            self._keep(body, label, "slow", f"{took:.2f} s of CPU for {len(body)} bytes")
        if _peak() - memory > MOST_KILOBYTES:
            self._keep(body, label, "memory", f"{_peak() - memory} kB for {len(body)} bytes")
        if self.counts["executions"] % 500 == 0:
            self.tell()

    def tell(self) -> None:
        told = {**self.counts, "slowest": round(self.slowest, 3), "peak_kB": _peak()}
        self._told.write_text(json.dumps(told), "utf-8")

    def _keep(self, body: bytes, label: str | None, kind: str, why: str) -> None:
        self.counts["executions"] += 1
        self.counts["faults"] += 1
        name = f"{kind}-{zlib.crc32(kind.encode()):08x}"
        if not (self._faults / f"{name}.bin").exists():
            (self._faults / f"{name}.bin").write_bytes(body)
            (self._faults / f"{name}.txt").write_text(f"label {label}\n{why}", "utf-8")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _kind_of(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}-{Path(last.filename).stem}-{last.name}-{last.lineno}"


def _by_bytes(body: bytes, most: int) -> bytes:
    # Setup puts another Mutate in place, so it must be looked up at each call.
    changed: bytes = atheris.Mutate(body, most)
    return changed


def main() -> None:
    form, folder, seconds, *names = sys.argv[1:]
    home = Path(folder)
    corpus = home / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = [Path(name) for name in names]
    words = words_of(form, seeds)
    (home / "words.dict").write_text(dictionary(words), "ascii")
    run = Run(home)
    arguments = [
        sys.argv[0],
        *(f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-len_control=20", "-timeout=20"),
        *(f"-dict={home / 'words.dict'}", f"-artifact_prefix={home}/", "-rss_limit_mb=2048"),
        *(f"-seed_inputs={','.join(names)}", "-print_final_stats=1", str(corpus)),
    ]
    atheris.Setup(arguments, run.one, custom_mutator=mutator(words, _by_bytes))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
