// What every page has. Each part looks for its own elements and does nothing without them.
import { focusErrorSummary } from "./error-summary.js";
import { closeMenus } from "./menu.js";
import { mindTheQueue } from "./offline-everywhere.js";
import { openForPrint } from "./print.js";
import { slashFocusesSearch } from "./shortcuts.js";
import { sortTables } from "./sort-table.js";

focusErrorSummary(document);
closeMenus(document);
mindTheQueue(document);
openForPrint(window);
slashFocusesSearch(document);
sortTables(document);
