// What nbgrader's scripts leave open in the rows that they write; `completed` may look at a row twice.
var completed = function () {
  $("#main-table > tr").each(function () {
    var row = $(this);
    var heads = row.closest("table").find("thead th");
    // "Last, First", each of which is "None" or empty where the gradebook has none
    row.find("> .student-name, > .name").each(function () {
      var cell = $(this);
      var shown = cell.find("a.name-shown").add(cell.find("a").not(".name-hidden")).first();
      var name = (shown.length ? shown : cell).text();
      var known = name.split(", ").filter(function (part) { return part && part !== "None"; }).join(", ");
      if (known === name) return;
      known = known || row.find("> .student-id, > .id").text();
      (shown.length ? shown : cell).text(known);
      cell.attr("data-order", known);
    });
    row.find("> .email, > .timestamp").each(function () {
      if ($(this).text() === "None") $(this).text("–");
    });
    row.find("> td").each(function (column) {
      var head = $.trim(heads.eq(column).text());
      $(this).find("a").filter(function () { return !$.trim($(this).text()); }).attr({"aria-label": head, title: head});
    });
  });
  $("[role=tab], [role=tablist]").removeAttr("role aria-multiselectable");
  $("[role=tabpanel]").attr("role", "region");
  $("thead th:empty").append('<span class="sr-only">Name</span>');
};
var plainTable = insertDataTable;
insertDataTable = function (table) { completed(); plainTable(table); };
$(document).ajaxComplete(completed);
