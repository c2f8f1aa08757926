from crawlers.kinds import Feed


class DandoDiaryAi(Feed):
    name = "dandodiary_ai"
    title = "The D&O Diary: artificial intelligence"
    url = "https://www.dandodiary.com/articles/artificial-intelligence/feed/"
    cadence_hours = 24 * 30
