#pragma once

namespace kiln::operators {

class OperatorRegistry;

void register_history(OperatorRegistry& registry);  ///< undo and redo
void register_startup_file(OperatorRegistry& registry);  ///< new documents
void register_import(OperatorRegistry& registry);   ///< files of other formats
void register_export(OperatorRegistry& registry);
void register_files(OperatorRegistry& registry);    ///< opening, saving and recovering
void register_links(OperatorRegistry& registry);    ///< data-blocks from other documents
void register_resources(OperatorRegistry& registry);  ///< files that blocks name: packing, paths, what is missing
void register_cleanup(OperatorRegistry& registry);    ///< what nothing uses, names
void register_assets(OperatorRegistry& registry);     ///< marks as assets, catalogs
void register_scenes(OperatorRegistry& registry);

}  // namespace kiln::operators
