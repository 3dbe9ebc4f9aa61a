"""From answers to findings, score, conclusion and the corrective actions they ask for."""
