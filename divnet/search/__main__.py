from divnet.search.commands import app

app()
