from crawlers.kinds import Feed


class ChatGptIsEatingTheWorld(Feed):
    name = "chatgptiseatingtheworld"
    title = "ChatGPT Is Eating the World"
    url = "https://chatgptiseatingtheworld.com/feed/"
    cadence_hours = 24 * 3
