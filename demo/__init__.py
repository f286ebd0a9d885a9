"""The pretend city, a program of its own that imports no other room.

`data/` says who and what; `founding` builds the city of a seed (`naming`, `laying`, `planting`);
`rhythm` and `titles` say what a column publishes and when; `listing` what it shows on a day;
`pages/` how that looks; `answering` what a request gets; `serving` puts it on the wire. `register`
writes what the office knows, `truth` what is really wrong, for tests alone.
"""
