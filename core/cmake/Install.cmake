# What goes where: component app is the program and its library of plugins, component dev is for authors of plugins.
set(HEADROOM_ABI 1)
set(plugin_dir ${CMAKE_INSTALL_LIBDIR}/headroom/plugins-${HEADROOM_ABI})
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Headroom)
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# ---- app

# name.SECTION to a compressed page whose bytes do not depend on when it was made.
function(headroom_install_manual page section)
  set(packed ${PROJECT_BINARY_DIR}/man/${page}.gz)
  add_custom_command(OUTPUT ${packed}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/man
    COMMAND gzip -9nc ${PROJECT_SOURCE_DIR}/core/cli/${page} > ${packed}
    DEPENDS ${PROJECT_SOURCE_DIR}/core/cli/${page} VERBATIM)
  add_custom_target(manual_${section} ALL DEPENDS ${packed})
  install(FILES ${packed} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section} COMPONENT app)
endfunction()
headroom_install_manual(headroom.1 1)
headroom_install_manual(headroom-folder.5 5)
headroom_install_manual(headroom-plugin.7 7)

get_directory_property(plugins DIRECTORY ${PROJECT_SOURCE_DIR}/plugins BUILDSYSTEM_TARGETS)
install(TARGETS headroom RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT app)
if(HEADROOM_MPI)
  install(TARGETS headroom_mpi LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/headroom COMPONENT app)
endif()
install(TARGETS ${plugins} LIBRARY DESTINATION ${plugin_dir} COMPONENT app)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/datasets DESTINATION ${CMAKE_INSTALL_DATADIR}/headroom COMPONENT app
  FILES_MATCHING PATTERN "*.csv" PATTERN "*.md")
install(FILES ${PROJECT_SOURCE_DIR}/core/cli/headroom.bash RENAME headroom
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT app)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/headroom COMPONENT app)

# ---- dev

include(CMakePackageConfigHelpers)
set(HEADROOM_PLUGINDIR ${plugin_dir})
set(HEADROOM_BINDIR ${CMAKE_INSTALL_BINDIR})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/HeadroomConfig.cmake.in
  ${PROJECT_BINARY_DIR}/install/HeadroomConfig.cmake
  INSTALL_DESTINATION ${config_dir} PATH_VARS HEADROOM_PLUGINDIR HEADROOM_BINDIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/install/HeadroomConfigVersion.cmake
  COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)

# The prefix is found from the file itself, so that a tree that was moved, or packaged under another prefix, still works.
file(RELATIVE_PATH pkgconfig_to_prefix /${pkgconfig_dir} /)
string(REGEX REPLACE "/$" "" pkgconfig_to_prefix ${pkgconfig_to_prefix})
configure_file(${CMAKE_CURRENT_LIST_DIR}/headroom.pc.in ${PROJECT_BINARY_DIR}/install/headroom.pc @ONLY)

install(FILES ${PROJECT_SOURCE_DIR}/include/headroom/plugin.h
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/headroom COMPONENT dev)
install(TARGETS headroom_sdk EXPORT HeadroomTargets)
install(EXPORT HeadroomTargets NAMESPACE Headroom:: DESTINATION ${config_dir} COMPONENT dev)
install(FILES ${PROJECT_BINARY_DIR}/install/HeadroomConfig.cmake
  ${PROJECT_BINARY_DIR}/install/HeadroomConfigVersion.cmake ${CMAKE_CURRENT_LIST_DIR}/HeadroomAddPlugin.cmake
  DESTINATION ${config_dir} COMPONENT dev)
install(FILES ${PROJECT_BINARY_DIR}/install/headroom.pc DESTINATION ${pkgconfig_dir} COMPONENT dev)
