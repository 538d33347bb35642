<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{{ self.title() }} – formgrader</title>
  {%- set static = base_url ~ "/formgrader/static" %}
  {%- for script in ["jquery/dist/jquery.min", "underscore/underscore-min", "backbone/backbone-min",
                     "bootstrap/dist/js/bootstrap.min", "datatables.net/js/jquery.dataTables",
                     "datatables.net-bs/js/dataTables.bootstrap"] %}
  <script src="{{ static }}/node_modules/{{ script }}.js"></script>
  {%- endfor %}
  <script src="{{ static }}/js/backbone_xsrf.js"></script>
  <script src="{{ static }}/js/utils.js"></script>
  <link rel="stylesheet" href="{{ static }}/node_modules/bootstrap/dist/css/bootstrap.min.css">
  <link rel="stylesheet" href="{{ static }}/node_modules/datatables.net-bs/css/dataTables.bootstrap.css">
  <link rel="stylesheet" href="{{ static }}/css/nbgrader.css">
  <style>{% include "lists.css" %}</style>
  <script>
  var base_url = "{{ base_url }}";
  {% include "lists.js" %}
  </script>
  {%- block head -%}{%- endblock -%}
</head>

<body>
  <div class="container-fluid">
    <div class="row">
      <nav class="col-md-2" aria-label="Formgrader">
        <ul class="nav nav-pills nav-stacked" role="none">
          {%- block sidebar -%}
          <li role="presentation"><a href="{{ base_url }}/formgrader/manage_assignments">Manage Assignments</a></li>
          <li role="presentation"><a href="{{ base_url }}/formgrader/gradebook">Manual Grading</a></li>
          <li role="presentation"><a href="{{ base_url }}/formgrader/manage_students">Manage Students</a></li>
          {%- endblock -%}
        </ul>
      </nav>
      <main class="col-md-10">
        <h1>{%- block title -%}Formgrader{%- endblock -%}</h1>
        {%- block body -%}
        {%- block breadcrumbs -%}{%- endblock -%}
        {%- block messages -%}{%- endblock -%}
        <table class="table table-hover">
          <thead>{%- block table_header -%}{%- endblock -%}</thead>
          <tbody id="main-table">{%- block table_body -%}{%- endblock -%}</tbody>
          <tfoot>{%- block table_footer -%}{%- endblock -%}</tfoot>
        </table>
        {%- endblock -%}
      </main>
    </div>
  </div>
  {%- block script -%}{%- endblock -%}
</body>
</html>
