"""Learned endpoints: from what a rendered page asked for to asking for its list directly. Pure.

No product is named here: a call is known by what it carries. `learning` looks for it, a `recipe`
remembers it, `asking` and `answering` use it, `trusting` says when it must not be believed.
"""
