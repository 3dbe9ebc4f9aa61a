"""Sealing: identities, PDF signatures, and what a signature is worth.

Bytes in, bytes or verdicts out. This room knows nothing of audits.
It never prints, and it reaches the network only for a proof that was asked for, in `network` alone.

- `identity`: a key and its certificates: PKCS#12, PEM behind a passphrase, a PKCS#11 token.
- `proof`: what others are asked for: the time, and that nothing was revoked.
- `sign`: fills an existing signature field of a PDF (PAdES B-B, with a proof B-T or B-LTA).
- `inspect`: what the signatures of any PDF say, and which files it carries.

All other modules but `boundary`, `stack` and `verdict` load cryptography, pyHanko or the network's
client when they are imported, so the four above import them only inside functions.
"""
