"""Reads what Redis and Valkey servers print, and says what their replication did.

>>> import redislog
>>> redislog.parse_line("1:M 29 May 2023 07:48:59.135 * Replica 10.0.25.220:6379 asks for synchronization").replica
Address(host='10.0.25.220', port=6379)
"""

from __future__ import annotations

from redislog._version import __version__
