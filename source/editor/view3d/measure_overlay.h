#pragma once

#include <QSize>

#include "editor/session/session.h"
#include "render/raster/camera.h"
#include "render/raster/draw_list.h"

class QPainter;

namespace kiln::editor {

/// Writes lengths, angles, areas and numbers at the selected parts of the mesh that is edited, as
/// the overlays ask for. Lengths in metres of world space, angles in degrees.
void paint_measures(QPainter& painter, const Session& session, const View3DOverlay& overlay,
                    const render::raster::ViewCamera& camera, QSize size);

}  // namespace kiln::editor
