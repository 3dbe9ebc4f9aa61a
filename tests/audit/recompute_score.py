"""Recomputes score and conclusion from an exported result alone; reads the JSON on stdin."""

import json
import sys
from collections import Counter

OPEN, GRADES = "not determined", ("critical", "major", "minor")
SAID = {"no": "nonconforming", "partly": "partly", "yes": "conforming", "not-applicable": "n/a"}
WORST = ("nonconforming", "partly", OPEN, "conforming", "n/a")
GRAVE = {("law", "critical"), ("law", "major")}


def judge(one: dict, thing: dict, *, read: bool) -> str:
    found = SAID.get(thing["answer"], OPEN)
    bare = one["evidence_needed"] == "required" and not thing["evidence"]
    lost = {"nonconforming": not read, "partly": bare or not read, "conforming": bare}
    return OPEN if lost.get(found) else found


def recompute(data: dict) -> dict:
    reading = {source["id"]: source["read"] for source in data["sources"]}
    scores, gaps, tally = {}, {grade: Counter() for grade in GRADES}, Counter()
    for one in data["findings"]:
        read, lesser = any(reading[name] != "not-read" for name in one["cite"]), one["partly_if"]
        found = [judge(one, thing, read=read) for thing in one["things"]]
        worst = min(found, key=WORST.index)
        scores.setdefault(one["force"], Counter()).update({worst: 1, "counted": worst != "n/a"})
        if worst in WORST[:2]:
            step = GRADES.index(one["grade"]) + bool(lesser and worst == "partly")
            gaps[GRADES[min(step, 2)]][one["force"]] += 1
        tally["unread"] += worst == OPEN and not read
        tally["open"] += read and OPEN in found and (one["force"], one["grade"]) in GRAVE
    seen = any(count["conforming"] for count in scores.values())
    told = [f"{grade.capitalize()} gaps" for grade in GRADES if gaps[grade]]
    told += ["Incomplete"] * bool(tally["open"]) + ["No gap" if seen else "Nothing"]
    return {"scores": scores, "gaps": gaps, "tally": tally, "headline": told[0]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(recompute(json.load(sys.stdin))))
