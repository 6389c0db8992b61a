"""Receives webhooks with libraries that others wrote: Standard Webhooks checks the signature, CloudEvents reads the event.

Standard input: a JSON object a line, {"headers": {…}, "body": base64, "secret": "whsec_…"}. Standard output: a line each,
{"event": its attributes, "data": …}, or {"error": …}.

    python3 -m venv /tmp/hooks && /tmp/hooks/bin/pip install standardwebhooks cloudevents
    CALLWAKE_PYTHON=/tmp/hooks/bin/python node scripts/run-tests.mjs interop
"""
import base64
import json
import sys

from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from standardwebhooks import Webhook

for line in sys.stdin:
    one = json.loads(line)
    body = base64.b64decode(one["body"])
    try:
        Webhook(one["secret"]).verify(body, one["headers"], json_parse=False)
        event = from_http_event(HTTPMessage(headers=one["headers"], body=body))
        data = event.get_data()
        print(json.dumps({"event": event.get_attributes(), "data": data}, default=lambda time: time.isoformat()))
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
