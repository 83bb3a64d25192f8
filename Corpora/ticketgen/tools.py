"""Planted rows with tool calls, tool results, content parts and images."""

import json

from . import values
from .corpus import CLEARLY_APART
from .grammar import Slots
from .rows import message, weighted
from .similarity import similarity

REASONS = ["damaged on arrival", "never delivered", "wrong colour sent", "too small", "parts missing",
           "gift not needed", "bought twice", "stopped working", "late delivery", "other model wanted"]

QUESTIONS = ["What does this light mean?", "Is this crack covered?", "Which cable goes here?", "Is "
"that the right part?",
             "Does this label look right?", "Can this stain be cleaned?", "Is this the old model?", "Where "
             "is the serial?"]

ANSWERS = [
    "That is {part} of the {product}; [it is fine|please have it looked at|clean it with a dry cloth], "
    "and [send another picture from the side|write to us from {city} if it gets worse|keep the "
    "{colour} cover on].",
    "The picture shows [the {brand} model of {month}|{part} upside down|a label by {carrier}], so "
    "[turn it round|nothing is wrong|a technician should see it on {day}]. [Tell me if {who} sees the "
    "same|It often {symptom} then|Please compare it with page four].",
]

TOOL_SCHEMAS = [
    {"type": "function", "function": {"name": "lookup_order", "description": "Find an order by its "
    "number.",
     "parameters": {"type": "object", "properties": {"order_id": {"type": "string"}}}}},
    {"type": "function", "function": {"name": "create_return", "description": "Open a return.",
     "parameters": {"type": "object",
                    "properties": {"order_id": {"type": "string"}, "reason": {"type": "string"}}}}},
]


def tool_call(name, arguments):
    """An assistant turn that calls one tool; its arguments are JSON text, as the API delivers them."""
    call = {"id": "call_0", "type": "function",
            "function": {"name": name, "arguments": json.dumps(arguments, sort_keys=True)}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


def arguments_of(slots, name):
    """Arguments for a tool of TOOL_SCHEMAS, drawn from the ticket's slots."""
    if name == "lookup_order":
        return {"order_id": slots.value("order")}
    return {"order_id": slots.value("order"), "pickup": slots.expand("{city}, {day}, {when}"),
            "reason": slots.rng.choice(REASONS)}


def tool_row(writer, name, answer=None):
    """A ticket that the assistant answers by a tool call, its result and a last message."""
    queue = weighted(writer.rng, {"orders": 3, "shipping": 3, "refunds": 2, "exchanges": 2})
    row = writer.ticket(queue=queue, plain=True)
    slots = Slots(writer.rng, queue)
    chat = row.fields.pop("messages")
    status = slots.expand("[packed|in transit|returned|on hold]")
    result = {"role": "tool", "tool_call_id": "call_0",
              "content": json.dumps({"by": slots.value("carrier"), "status": status})}
    final = answer or chat[-1]["content"]
    row.fields["tools"] = TOOL_SCHEMAS
    row.fields["messages"] = chat[:-1] + [tool_call(name, arguments_of(slots, name)), result,
                                          message("assistant", final)]
    return row


def plant_tool_rows(corpus, writer):
    """60 rows with tool calls, and eight pairs equal but for the arguments of the call."""
    for index in range(60):
        corpus.add(tool_row(writer, ("lookup_order", "create_return")[index % 2]))
    made = 0
    while made < 8:
        row = tool_row(writer, "create_return", "Done, the label is in your inbox.")
        twin = writer.restamped(row)
        slots = Slots(writer.rng, row.fields["queue"])
        calls = [m for m in twin.fields["messages"] if "tool_calls" in m]
        other = tool_call("create_return", arguments_of(slots, "create_return"))
        calls[0]["tool_calls"] = other["tool_calls"]
        if similarity(row.fields, twin.fields) < CLEARLY_APART:
            corpus.plant_pair("equal but for the tool call's arguments", twin, row, "kept")
            made += 1


def plant_schema_pairs(corpus, writer):
    """Four pairs equal but for the tool schemas."""
    for _ in range(4):
        row = tool_row(writer, "lookup_order")
        twin = writer.restamped(row)
        twin.fields["tools"] = TOOL_SCHEMAS[:1]
        corpus.plant_pair("equal but for the tool schemas", twin, row, "exact", "fields")


def image_parts(writer, question):
    """Content parts: a question and a picture."""
    number = writer.rng.randrange(10 ** 8, 10 ** 9)
    url = "https://img.example.com/upload/%d.jpg" % number
    return [{"type": "text", "text": question}, {"type": "image_url", "image_url": {"url": url}}]


def plant_image_rows(corpus, writer):
    """40 rows with content parts, and eight pairs equal but for the picture."""
    for index in range(48):
        queue = weighted(writer.rng, {"technical": 3, "setup": 2, "warranty": 2})
        slots = Slots(writer.rng, queue)
        question = "%s It is %s of my %s." % (QUESTIONS[index % 8], slots.value("part"), slots.value("item"))
        chat = [message("user", image_parts(writer, question)),
                message("assistant", slots.sentence(ANSWERS))]
        row = writer.row(queue, "neutral", writer.rng.choice(values.AGENTS), chat)
        if index < 40:
            corpus.add(row)
            continue
        twin = writer.restamped(row)
        twin.fields["messages"][0]["content"] = image_parts(writer, question)
        corpus.plant_pair("equal but for the picture", twin, row, "kept")


def plant_all(corpus, writer):
    """Every kind of row of this file."""
    for plant in (plant_tool_rows, plant_schema_pairs, plant_image_rows):
        plant(corpus, writer)
