"""澎湃号: the public interface."""

from __future__ import annotations

from datetime import date

from demo.exchange import Answer, Request
from demo.plan import City
from demo.platforms.saying import body_of, known, number, path_of, said, shown

SIZE = 10
HOME = "/userservice/user/homePage/"


def interface(city: City, day: date, request: Request) -> Answer | None:
    """`cont/pph/user` and the account's home page."""
    path, asked = path_of(request), body_of(request)
    home = path.startswith(HOME)
    ident = path.removeprefix(HOME) if home else str(asked.get("pphId", ""))
    one = known(city, "pengpai", ident)
    if one is None:
        return None
    if home:
        user = {"userId": one.account.ident, "sname": one.account.name}
        return said({"code": 200, "data": {"userInfo": user}})
    if path != "/contentapi/cont/pph/user":
        return None
    posts = shown(one, day)
    start = SIZE * (number(asked.get("pageNum")) - 1)
    listed = [
        {
            "contId": str(post.seconds),
            "name": post.title,
            "pubTimeLong": 1000 * post.seconds,
            "pubTime": "6天前",
            "authorInfo": {"sname": one.account.name},
        }
        for post in posts[start : start + SIZE]
    ]
    more = bool(posts[start + SIZE :])
    mark = 1000 * posts[min(start + SIZE, len(posts)) - 1].seconds
    return said({"code": 200, "data": {"hasNext": more, "startTime": mark, "list": listed}})
