"""Reads parameters with the ASN.1 runtime of pycrate and writes them again: an independent codec for the tests.

Standard input: a JSON object a line, {"set": "map3" | "map2" | "cap", "code": of the operation or error, "part": "argument" |
"result" | "error", "hex": the parameter}. Standard output: a line each, {"hex": …, "value": …} with the value in the JSON encoding
rules (ITU-T X.697), or {"error": …}; {"unknown": true} when pycrate has no such operation. {"describe": true} is answered by
all operations: their names, whether they have an argument and a result, and the codes of their errors.

    python3 -m venv /tmp/pycrate && /tmp/pycrate/bin/pip install pycrate
    CALLWAKE_PYTHON=/tmp/pycrate/bin/python node scripts/run-tests.mjs interop
"""
import json
import sys

from pycrate_asn1dir import TCAP_CAP, TCAP_MAP, TCAP_MAPv2

SETS = {"map3": (TCAP_MAP, "MAP"), "map2": (TCAP_MAPv2, "MAPv2"), "cap": (TCAP_CAP, "CAP")}
PARTS = {"argument": "ArgumentType", "result": "ResultType", "error": "ParameterType"}


def objects():
    """Operations and errors by set and code."""
    found = {}
    for key, (package, prefix) in SETS.items():
        for module_name in dir(package):
            module = getattr(package, module_name)
            if not module_name.startswith(prefix + "_") or not hasattr(module, "_obj_"):
                continue
            for name in module._obj_:
                value = getattr(module, name.replace("-", "_"), None)
                if type(value).__name__ != "CLASS":
                    continue
                content = value._val
                # An information object set: what is parameterized is whole only there.
                each = content.root if hasattr(content, "root") else [content]
                for one in each:
                    if not isinstance(one, dict):
                        continue
                    if "operationCode" in one:
                        found.setdefault((key, "operation", one["operationCode"][1]), one)
                    elif "errorCode" in one:
                        found.setdefault((key, "error", one["errorCode"][1]), one)
    return found


def description(known):
    """Operations by set and code."""
    found = {}
    for (key, kind, code), content in known.items():
        if kind != "operation":
            continue
        errors = content.get("Errors")
        each = [] if errors is None else errors.root if hasattr(errors, "root") else [errors]
        found.setdefault(key, {})[code] = {
            "argument": content.get("ArgumentType") is not None,
            "result": content.get("ResultType") is not None,
            "errors": sorted(one["errorCode"][1] for one in each if isinstance(one, dict)),
        }
    return found


def main():
    known = objects()
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("describe"):
            print(json.dumps(description(known)), flush=True)
            continue
        part = request["part"]
        kind = "error" if part == "error" else "operation"
        content = known.get((request["set"], kind, request["code"]))
        declared = None if content is None else content.get(PARTS[part])
        if declared is None:
            print(json.dumps({"unknown": True}), flush=True)
            continue
        try:
            declared.from_ber(bytes.fromhex(request["hex"]))
            answer = {"hex": declared.to_ber().hex(), "value": json.loads(declared.to_jer())}
            print(json.dumps(answer), flush=True)
        except Exception as problem:
            print(json.dumps({"error": f"{type(problem).__name__}: {problem}"[:300]}), flush=True)


main()
