"""Sealing: identities, PDF signatures, and what a signature is worth.

Bytes in, bytes or verdicts out. This room knows nothing of audits.
It never reaches the network, and it never prints.

- `identity`: keys and certificates in a passphrase-protected file.
- `sign`: fills an existing signature field of a PDF (PAdES B-B).
- `inspect`: what the signatures of any PDF say, and which files it carries.

`certificate`, `keyfile`, `reader`, `scripts`, `sealer` and `judging` load cryptography or pyHanko
when they are imported, so the three above import them only inside the function that needs them.
"""
