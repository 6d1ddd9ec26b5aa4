"""Who a revision goes to, decided once with the story's own record (invariant 4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.publish.dispatches import Classified, Dispatch, Rules
from services.publish.embargo import Stay
from services.publish.round_trips import Command, RoundTrips
from services.publish.scripts import Call, Script
from shared.keys import Partition, partition_of, partners_of


@dataclass(frozen=True, slots=True)
class Routed:
    """A revision and the ids of the partners that get it; nobody if a newer one was routed."""

    dispatch: Dispatch
    to: tuple[str, ...] = ()
    superseded_by: int | None = None


class Recipients:
    """Remembers who may have a story, before anything is sent to them."""

    def __init__(self, trips: RoundTrips, partitions: int, copy_seconds: int) -> None:
        self._partitions = partitions
        self._copy_seconds = copy_seconds
        self._route = Script(trips, "route.lua")
        self._store = Script(trips, "store.lua")

    async def route(
        self, dispatches: Sequence[Dispatch], rules: Rules, now: datetime
    ) -> list[Routed]:
        """Return where each goes, in order; its copy for the matching partners is stored."""
        groups: dict[Partition, list[Dispatch]] = {}
        for one in dispatches:
            groups.setdefault(self._partition(one.classified), []).append(one)
        if not groups:
            return []
        book = rules.book
        known: Command = ("SET", partners_of(book.digest), " ".join(p.id for p in book.partners))
        answers = await self._route.run_all(
            [self._call(partition, group, rules, now) for partition, group in groups.items()],
            (*known, "NX"),
        )
        found = {
            id(one): _routed(one, answer)
            for group, results in zip(groups.values(), answers, strict=True)
            for one, answer in zip(group, results, strict=True)
        }
        return [found[id(one)] for one in dispatches]

    async def store_copy(self, copy: Iterable[tuple[Classified, Mapping[str, bytes]]]) -> None:
        """Keep formatted copy beside what `route` stored."""
        calls: list[Call] = []
        for classified, bodies in copy:
            revision, partition = classified.revision, self._partition(classified)
            calls.append(
                Call(
                    (partition.story(revision.story_id), partition.copy(revision.story_id)),
                    (
                        revision.version,
                        self._copy_seconds,
                        *(part for pair in bodies.items() for part in pair),
                    ),
                )
            )
        await self._store.run_all(calls)

    def _call(
        self, partition: Partition, group: Sequence[Dispatch], rules: Rules, now: datetime
    ) -> Call:
        keys = [partition.held, partition.held_entries]
        args: list[bytes | str | int] = [self._copy_seconds]
        time = now.isoformat(timespec="milliseconds")
        for one in group:
            story_id = one.classified.story.story_id
            keys += [partition.story(story_id), partition.copy(story_id)]
            args += _arguments(one, time, rules.book.digest)
        return Call(keys, args)

    def _partition(self, classified: Classified) -> Partition:
        return partition_of(classified.story.story_id, self._partitions)


def _arguments(one: Dispatch, time: str, partners_digest: str) -> list[bytes | str | int]:
    c = one.classified
    why = one.verdict.why if isinstance(one.verdict, Stay) else "no partner takes it"
    return [
        c.revision.story_id,
        c.revision.version,
        c.revision.status,
        time,
        partners_digest,
        why,
        ",".join(partner.id for partner in one.matching),
        c.entry.fields[b"tags"],
        len(one.copy),
        *(part for pair in one.copy.items() for part in pair),
    ]


def _routed(one: Dispatch, answer: tuple[int, bytes]) -> Routed:
    went, text = answer[0], answer[1].decode()
    if not went:
        return Routed(one, superseded_by=int(text))
    return Routed(one, to=tuple(id_ for id_ in text.split(",") if id_))
