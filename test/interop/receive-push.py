"""Receives web push messages with libraries that others wrote: http_ece decrypts (RFC 8188, RFC 8291), cryptography checks the
token (RFC 8292).

Standard input: a JSON object a line, {"body": base64, "authorization": header, "privateKey": base64url, "auth": base64url}.
Standard output: a line each, {"text": …, "claims": …}, or {"error": …}.

    python3 -m venv /tmp/push && /tmp/push/bin/pip install http_ece cryptography
    CALLWAKE_PYTHON=/tmp/push/bin/python node scripts/run-tests.mjs interop
"""
import base64
import json
import re
import sys

import http_ece
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils


def octets(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def claims(authorization):
    """What the token says, when its signature is that of the key beside it."""
    token, key = re.fullmatch(r"vapid t=([^,]+), ?k=(.+)", authorization).groups()
    header, payload, signature = token.split(".")
    assert json.loads(octets(header)) == {"typ": "JWT", "alg": "ES256"}
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), octets(key))
    raw = octets(signature)
    der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(der, f"{header}.{payload}".encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(octets(payload))


for line in sys.stdin:
    one = json.loads(line)
    try:
        private = ec.derive_private_key(int.from_bytes(octets(one["privateKey"]), "big"), ec.SECP256R1())
        text = http_ece.decrypt(
            base64.b64decode(one["body"]), private_key=private, auth_secret=octets(one["auth"]), version="aes128gcm"
        )
        print(json.dumps({"text": text.decode(), "claims": claims(one["authorization"])}))
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
