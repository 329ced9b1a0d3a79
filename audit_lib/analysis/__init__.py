"""From coded tables to results.

Every function here is pure: tables in, small frozen objects out. A result carries what makes its figure honest - the
counts behind it, the unit, the rule by which returns were counted in or out, and the ids of those returns.
"""
