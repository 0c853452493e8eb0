"""Every task goes to a queue that the worker takes from, and batches of re-checks keep nobody else waiting."""

import yaml

from config.celery import app
from config.local import run
from config.local.places import CHECKOUT
from tests import stack

COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
WORKERS = (
    COMPOSE["services"]["worker"]["command"],
    run.processes(8000, CHECKOUT)["worker"],
    stack.commands(8000, CHECKOUT)["worker"],
)


def queue_of(name: str) -> str:
    found: str = app.amqp.router.route({}, name)["queue"].name
    return found


def test_a_worker_takes_from_every_queue_that_a_task_is_sent_to() -> None:
    app.loader.import_default_modules()
    ours = [name for name in app.tasks if name.startswith("claims.")]
    assert {queue_of(name) for name in ours} == set(app.amqp.queues.consume_from)


def test_no_worker_is_told_to_leave_a_queue_out() -> None:
    for command in WORKERS:
        assert not {"-Q", "--queues", "-X", "--exclude-queues"} & set(command)


def test_a_batch_of_checks_does_not_stand_before_the_ticks() -> None:
    app.loader.import_default_modules()
    batches = queue_of("claims.tasks.recheck_batch")
    assert [name for name in app.tasks if name.startswith("claims.") and queue_of(name) == batches] == [
        "claims.tasks.recheck_batch"
    ]


def test_a_message_reaches_one_queue_alone() -> None:
    places = [(queue.exchange.name, queue.routing_key) for queue in app.amqp.queues.values()]
    assert len(set(places)) == len(places)
