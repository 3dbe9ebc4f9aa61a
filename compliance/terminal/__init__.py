"""The walk in a terminal: plain lines over two text streams, nothing redrawn."""
