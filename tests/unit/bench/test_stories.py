import json

from bench import stories


def test_the_same_number_is_the_same_story_at_every_run() -> None:
    first, again = [list(stories.lines(7, 20)) for _ in range(2)]

    assert first == again


def test_every_story_is_about_two_kilobytes() -> None:
    sizes = [len(line) for line in stories.lines(0, 1000)]

    assert min(sizes) > 1900
    assert max(sizes) < 2200


def test_every_story_has_an_id_of_its_own() -> None:
    ids = {json.loads(line)["uri"] for line in stories.lines(0, 1000)}

    assert len(ids) == 1000


def test_half_of_the_stories_are_about_football() -> None:
    subjects = [json.loads(line)["subjects"][0]["uri"] for line in stories.lines(0, 100)]

    assert subjects.count("medtop:20001065") == 50


def test_the_warm_up_repeats_no_measured_story() -> None:
    measured = {stories.story_id(number) for number in range(1000)}
    warm_up = {stories.story_id(stories.WARM_UP_FROM + number) for number in range(1000)}

    assert not measured & warm_up
