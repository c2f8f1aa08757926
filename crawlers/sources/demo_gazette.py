from crawlers.kinds import Feed


class DemoGazette(Feed):
    name = "demo_gazette"
    title = "The Gazette (invented)"
    url = "/gazette/atom.xml"
    demo = True
