"""Names that TensorFlow has in only one of its major releases, without those in `tf.keras`.

Source: `dir()` of the modules of TensorFlow 1.5, 1.15, 2.10 and 2.21. A name in a module that is listed is not listed.
"""

ONLY_TF1 = frozenset(
    """
    AUTO_REUSE AttrValue COMPILER_VERSION CXX11_ABI_FLAG ConditionalAccumulator ConditionalAccumulatorBase
    ConfigProto Dimension Event FIFOQueue FixedLenFeature FixedLenSequenceFeature FixedLengthRecordReader
    GIT_VERSION GPUOptions GRAPH_DEF_VERSION GRAPH_DEF_VERSION_MIN_CONSUMER GRAPH_DEF_VERSION_MIN_PRODUCER GraphDef
    GraphKeys GraphOptions HistogramProto IdentityReader InteractiveSession LMDBReader LogMessage MONOLITHIC_BUILD
    MetaGraphDef NameAttrList NoGradient NodeDef NotDifferentiable OpError OptimizerOptions PaddingFIFOQueue Print
    PriorityQueue QUANTIZED_DTYPES QueueBase RandomShuffleQueue ReaderBase RunMetadata RunOptions Session SessionLog
    SparseConditionalAccumulator SparseFeature SparseTensorValue Summary SummaryMetadata TFRecordReader TensorInfo
    TextLineReader VERSION VarLenFeature VariableScope WholeFileReader accumulate_n add_check_numerics_ops
    add_to_collection add_to_collections all_variables angle app arg_max arg_min assert_greater_equal assert_integer
    assert_less_equal assert_near assert_negative assert_non_negative assert_non_positive assert_none_equal
    assert_positive assert_proper_iterable assert_rank_at_least assert_rank_in assert_same_float_dtype assert_scalar
    assert_type assert_variables_initialized assign assign_add assign_sub batch_gather batch_scatter_update
    batch_to_space_nd betainc bincount ceil check_numerics cholesky cholesky_solve clip_by_average_norm
    colocate_with config.experimental_list_devices confusion_matrix conj container contrib control_flow_v2_enabled
    convert_to_tensor_or_indexed_slices convert_to_tensor_or_sparse_tensor count_nonzero count_up_to
    create_partitioned_variables cross cumprod data.get_output_classes data.get_output_shapes data.get_output_types
    data.make_initializable_iterator data.make_one_shot_iterator debugging.is_finite debugging.is_inf
    debugging.is_nan debugging.is_non_decreasing debugging.is_strictly_increasing decode_base64 decode_compressed
    decode_csv decode_json_example decode_raw delete_session_tensor depth_to_space dequantize
    deserialize_many_sparse diag diag_part digamma dimension_at_index dimension_value disable_control_flow_v2
    disable_eager_execution disable_resource_variables disable_tensor_equality disable_v2_behavior
    disable_v2_tensorshape distribute.get_loss_reduction distributions div div_no_nan dtypes.as_string
    enable_control_flow_v2 enable_eager_execution enable_resource_variables enable_tensor_equality
    enable_v2_behavior enable_v2_tensorshape encode_base64 erf erfc errors.error_code_from_exception_type
    errors.exception_type_from_error_code errors.raise_exception_on_not_ok_status
    experimental.output_all_intermediates expm1 extract_image_patches fake_quant_with_min_max_args
    fake_quant_with_min_max_args_gradient fake_quant_with_min_max_vars fake_quant_with_min_max_vars_gradient
    fake_quant_with_min_max_vars_per_channel fake_quant_with_min_max_vars_per_channel_gradient
    feature_column.input_layer feature_column.linear_model feature_column.shared_embedding_columns fft fft2d fft3d
    fixed_size_partitioner flags floor_div floordiv floormod get_collection get_collection_ref get_default_graph
    get_default_session get_local_variable get_seed get_session_handle get_session_tensor get_variable
    get_variable_scope gfile global_norm global_variables global_variables_initializer glorot_normal_initializer
    glorot_uniform_initializer graph_util.convert_variables_to_constants graph_util.extract_sub_graph
    graph_util.must_run_on_cpu graph_util.remove_training_nodes graph_util.tensor_shape_from_node_def_name ifft
    ifft2d ifft3d igamma igammac imag image.extract_image_patches image.resize_area image.resize_bicubic
    image.resize_bilinear image.resize_image_with_crop_or_pad image.resize_image_with_pad image.resize_images
    image.resize_nearest_neighbor image.transpose_image initialize_all_tables initialize_all_variables
    initialize_local_variables initialize_variables invert_permutation io.PaddingFIFOQueue io.PriorityQueue
    io.QueueBase io.RandomShuffleQueue io.TFRecordCompressionType io.tf_record_iterator is_finite is_inf is_nan
    is_non_decreasing is_numeric_tensor is_strictly_increasing is_variable_initialized layers lbeta lgamma lin_space
    linalg.transpose load_file_system_library local_variables local_variables_initializer log log1p log_sigmoid
    logging logical_xor losses.absolute_difference losses.add_loss losses.compute_weighted_loss
    losses.cosine_distance losses.get_losses losses.get_regularization_loss losses.get_regularization_losses
    losses.get_total_loss losses.hinge_loss losses.huber_loss losses.log_loss losses.mean_pairwise_squared_error
    losses.sigmoid_cross_entropy losses.softmax_cross_entropy losses.sparse_softmax_cross_entropy make_template
    manip matching_files matrix_band_part matrix_determinant matrix_diag matrix_diag_part matrix_inverse
    matrix_set_diag matrix_solve matrix_solve_ls matrix_transpose matrix_triangular_solve metrics.accuracy
    metrics.auc metrics.average_precision_at_k metrics.false_negatives metrics.false_negatives_at_thresholds
    metrics.false_positives metrics.false_positives_at_thresholds metrics.mean metrics.mean_cosine_distance
    metrics.mean_iou metrics.mean_per_class_accuracy metrics.mean_relative_error metrics.mean_tensor
    metrics.percentage_below metrics.precision metrics.precision_at_k metrics.precision_at_thresholds
    metrics.precision_at_top_k metrics.recall metrics.recall_at_k metrics.recall_at_thresholds
    metrics.recall_at_top_k metrics.root_mean_squared_error metrics.sensitivity_at_specificity
    metrics.sparse_average_precision_at_k metrics.sparse_precision_at_k metrics.specificity_at_sensitivity
    metrics.true_negatives metrics.true_negatives_at_thresholds metrics.true_positives
    metrics.true_positives_at_thresholds min_max_variable_partitioner mod model_variables moving_average_variables
    multinomial nn.avg_pool_v2 nn.bidirectional_dynamic_rnn nn.conv2d_backprop_filter nn.conv2d_backprop_input
    nn.conv3d_backprop_filter nn.conv3d_backprop_filter_v2 nn.ctc_beam_search_decoder_v2 nn.ctc_loss_v2
    nn.depthwise_conv2d_native nn.depthwise_conv2d_native_backprop_filter nn.depthwise_conv2d_native_backprop_input
    nn.dynamic_rnn nn.fused_batch_norm nn.log_uniform_candidate_sampler nn.max_pool_v2 nn.quantized_avg_pool
    nn.quantized_conv2d nn.quantized_max_pool nn.quantized_relu_x nn.raw_rnn nn.relu_layer nn.rnn_cell
    nn.softmax_cross_entropy_with_logits_v2 nn.static_bidirectional_rnn nn.static_rnn nn.static_state_saving_rnn
    nn.uniform_candidate_sampler nn.xw_plus_b no_regularizer op_scope orthogonal_initializer parse_example
    parse_single_example parse_single_sequence_example parse_tensor placeholder placeholder_with_default polygamma
    profiler.AdviceProto profiler.GraphNodeProto profiler.MultiGraphNodeProto profiler.OpLogProto
    profiler.ProfileOptionBuilder profiler.Profiler profiler.advise profiler.profile profiler.write_op_log py_func
    python_io pywrap_tensorflow qr quantize quantize_v2 quantized_concat ragged.RaggedTensorValue
    ragged.constant_value ragged.placeholder random.get_seed random.multinomial random.set_random_seed
    random.stateless_multinomial random_crop random_gamma random_normal random_poisson random_shuffle random_uniform
    read_file real reciprocal reduce_join regex_replace report_uninitialized_variables reset_default_graph
    resource_loader resource_variables_enabled reverse_v2 rint rsqrt saved_model.Builder
    saved_model.LEGACY_INIT_OP_KEY saved_model.MAIN_OP_KEY saved_model.build_signature_def
    saved_model.build_tensor_info saved_model.builder saved_model.classification_signature_def saved_model.constants
    saved_model.get_tensor_from_tensor_info saved_model.is_valid_signature saved_model.load_v2 saved_model.loader
    saved_model.main_op saved_model.main_op_with_restore saved_model.maybe_saved_model_directory
    saved_model.predict_signature_def saved_model.regression_signature_def saved_model.signature_constants
    saved_model.signature_def_utils saved_model.simple_save saved_model.tag_constants saved_model.utils scatter_add
    scatter_div scatter_max scatter_min scatter_mul scatter_nd_add scatter_nd_sub scatter_nd_update scatter_sub
    scatter_update segment_max segment_mean segment_min segment_prod segment_sum self_adjoint_eig
    self_adjoint_eigvals serialize_many_sparse serialize_sparse serialize_tensor set_random_seed setdiff1d
    sets.set_difference sets.set_intersection sets.set_size sets.set_union space_to_depth
    sparse.SparseConditionalAccumulator sparse.matmul sparse.merge sparse.placeholder sparse.reduce_max_sparse
    sparse.reduce_sum_sparse sparse_add sparse_concat sparse_fill_empty_rows sparse_mask sparse_matmul
    sparse_maximum sparse_merge sparse_minimum sparse_placeholder sparse_reduce_max sparse_reduce_max_sparse
    sparse_reduce_sum sparse_reduce_sum_sparse sparse_reorder sparse_reset_shape sparse_reshape sparse_retain
    sparse_segment_mean sparse_segment_sqrt_n sparse_segment_sum sparse_slice sparse_softmax sparse_split
    sparse_tensor_dense_matmul sparse_tensor_to_dense sparse_to_dense sparse_to_indicator sparse_transpose spectral
    squared_difference string_join string_split string_strip string_to_hash_bucket string_to_hash_bucket_fast
    string_to_hash_bucket_strong string_to_number substr summary.Event summary.FileWriter summary.FileWriterCache
    summary.SessionLog summary.Summary summary.SummaryDescription summary.TaggedRunMetadata
    summary.all_v2_summary_ops summary.get_summary_description summary.initialize summary.merge summary.merge_all
    summary.tensor_summary svd tables_initializer tensor_scatter_add tensor_scatter_sub tensor_scatter_update
    test.StubOutForTesting test.compute_gradient_error test.get_temp_dir test.mock test.test_src_dir_path
    to_bfloat16 to_complex128 to_complex64 to_double to_float to_int32 to_int64 tpu.CrossShardOptimizer
    tpu.batch_parallel tpu.bfloat16_scope tpu.core tpu.cross_replica_sum tpu.initialize_system
    tpu.outside_compilation tpu.replicate tpu.rewrite tpu.shard tpu.shutdown_system trace train.AdadeltaOptimizer
    train.AdagradDAOptimizer train.AdagradOptimizer train.AdamOptimizer train.CheckpointSaverHook
    train.CheckpointSaverListener train.ChiefSessionCreator train.FeedFnHook train.FinalOpsHook train.FtrlOptimizer
    train.GlobalStepWaiterHook train.GradientDescentOptimizer train.LoggingTensorHook train.LooperThread
    train.MomentumOptimizer train.MonitoredSession train.MonitoredTrainingSession train.NanLossDuringTrainingError
    train.NanTensorHook train.NewCheckpointReader train.Optimizer train.ProfilerHook train.ProximalAdagradOptimizer
    train.ProximalGradientDescentOptimizer train.QueueRunner train.RMSPropOptimizer train.Saver train.SaverDef
    train.Scaffold train.SecondOrStepTimer train.Server train.SessionCreator train.SessionManager
    train.SessionRunArgs train.SessionRunContext train.SessionRunHook train.SessionRunValues
    train.SingularMonitoredSession train.StepCounterHook train.StopAtStepHook train.SummarySaverHook
    train.Supervisor train.SyncReplicasOptimizer train.VocabInfo train.WorkerSessionCreator train.add_queue_runner
    train.assert_global_step train.basic_train_loop train.batch train.batch_join train.checkpoint_exists
    train.cosine_decay train.cosine_decay_restarts train.create_global_step train.do_quantize_training_on_graphdef
    train.exponential_decay train.export_meta_graph train.generate_checkpoint_state_proto
    train.get_checkpoint_mtimes train.get_global_step train.get_or_create_global_step train.global_step
    train.import_meta_graph train.init_from_checkpoint train.input_producer train.inverse_time_decay
    train.limit_epochs train.linear_cosine_decay train.match_filenames_once train.maybe_batch train.maybe_batch_join
    train.maybe_shuffle_batch train.maybe_shuffle_batch_join train.natural_exp_decay train.noisy_linear_cosine_decay
    train.piecewise_constant train.piecewise_constant_decay train.polynomial_decay train.queue_runner
    train.range_input_producer train.remove_checkpoint train.replica_device_setter train.sdca_fprint
    train.sdca_optimizer train.sdca_shrink_l1 train.shuffle_batch train.shuffle_batch_join
    train.slice_input_producer train.start_queue_runners train.string_input_producer train.summary_iterator
    train.update_checkpoint_state train.warm_start train.write_graph trainable_variables truncated_normal
    truncated_normal_initializer uniform_unit_scaling_initializer unsorted_segment_max unsorted_segment_mean
    unsorted_segment_min unsorted_segment_prod unsorted_segment_sqrt_n unsorted_segment_sum user_ops
    variable_axis_size_partitioner variable_op_scope variable_scope variables_initializer
    variance_scaling_initializer verify_tensor_all_finite where_v2 wrap_function write_file zeta
    """.split()
)

ONLY_TF2 = frozenset(
    """
    approx_top_k config.LogicalDevice config.LogicalDeviceConfiguration config.PhysicalDevice
    config.experimental.ClusterDeviceFilters config.experimental.disable_mlir_bridge
    config.experimental.disable_mlir_graph_optimization config.experimental.enable_mlir_bridge
    config.experimental.enable_mlir_graph_optimization config.experimental.enable_op_determinism
    config.experimental.enable_tensor_float_32_execution config.experimental.get_device_details
    config.experimental.get_memory_info config.experimental.get_memory_usage config.experimental.reset_memory_stats
    config.experimental.tensor_float_32_execution_enabled config.experimental_functions_run_eagerly
    config.functions_run_eagerly config.get_logical_device_configuration config.get_visible_devices
    config.list_logical_devices config.list_physical_devices config.run_functions_eagerly
    config.set_logical_device_configuration config.set_visible_devices data.AUTOTUNE data.INFINITE_CARDINALITY
    data.IteratorSpec data.NumpyIterator data.ThreadingOptions data.UNKNOWN_CARDINALITY
    data.experimental.AutoShardPolicy data.experimental.AutotuneAlgorithm data.experimental.AutotuneOptions
    data.experimental.DatasetInitializer data.experimental.ExternalStatePolicy data.experimental.SHARD_HINT
    data.experimental.ServiceOptions data.experimental.assert_cardinality data.experimental.at
    data.experimental.dense_to_ragged_batch data.experimental.distributed_save data.experimental.enable_debug_mode
    data.experimental.from_list data.experimental.get_model_proto data.experimental.index_table_from_dataset
    data.experimental.load data.experimental.pad_to_cardinality data.experimental.save data.experimental.service
    data.experimental.snapshot data.experimental.table_from_dataset debugging.disable_check_numerics
    debugging.disable_traceback_filtering debugging.enable_check_numerics debugging.enable_traceback_filtering
    debugging.experimental debugging.is_traceback_filtering_enabled distribute.DistributedDataset
    distribute.DistributedIterator distribute.DistributedValues distribute.InputOptions
    distribute.MultiWorkerMirroredStrategy distribute.ParameterServerStrategy distribute.RunOptions
    distribute.TPUStrategy distribute.cluster_resolver.KubernetesExecutableLocation distribute.coordinator
    distribute.experimental.CollectiveHints distribute.experimental.CommunicationImplementation
    distribute.experimental.CommunicationOptions distribute.experimental.PreemptionCheckpointHandler
    distribute.experimental.PreemptionWatcher distribute.experimental.TerminationConfig
    distribute.experimental.ValueContext distribute.experimental.coordinator distribute.experimental.partitioners
    distribute.experimental.rpc dtensor dtypes.experimental eig eigvals errors.OperatorNotAllowedInGraphError
    experimental.BatchableExtensionType experimental.DynamicRaggedShape experimental.ExtensionType
    experimental.ExtensionTypeBatchEncoder experimental.ExtensionTypeSpec experimental.Optional
    experimental.RowPartition experimental.StructuredTensor experimental.async_clear_error experimental.async_scope
    experimental.dispatch_for_api experimental.dispatch_for_binary_elementwise_apis
    experimental.dispatch_for_binary_elementwise_assert_apis experimental.dispatch_for_unary_elementwise_apis
    experimental.dlpack experimental.dtensor experimental.enable_strict_mode experimental.extension_type
    experimental.float4_e2m1fn experimental.float8_e4m3b11fnuz experimental.float8_e4m3fn
    experimental.float8_e4m3fnuz experimental.float8_e5m2 experimental.float8_e5m2fnuz experimental.int2
    experimental.int4 experimental.numpy experimental.register_filesystem_plugin experimental.tensorrt
    experimental.uint2 experimental.uint4 experimental.unregister_dispatch_for feature_column.shared_embeddings
    fftnd get_current_name_scope ifftnd image.decode_jxl image.decode_webp image.generate_bounding_box_proposals
    image.resize_with_pad image.stateless_random_brightness image.stateless_random_contrast
    image.stateless_random_crop image.stateless_random_flip_left_right image.stateless_random_flip_up_down
    image.stateless_random_hue image.stateless_random_jpeg_quality image.stateless_random_saturation
    image.stateless_sample_distorted_bounding_box io.RaggedFeature io.decode_jxl io.decode_webp io.encode_png
    io.gfile.get_registered_schemes io.gfile.join irfftnd is_symbolic_tensor
    linalg.LinearOperatorBlockLowerTriangular linalg.LinearOperatorPermutation linalg.LinearOperatorTridiag
    linalg.banded_triangular_solve linalg.eig linalg.eigh_tridiagonal linalg.eigvals linalg.experimental
    linalg.lu_matrix_inverse linalg.lu_reconstruct linalg.lu_solve lookup.experimental.MutableHashTable
    losses.BinaryCrossentropy losses.BinaryFocalCrossentropy losses.CTC losses.CategoricalCrossentropy
    losses.CategoricalFocalCrossentropy losses.CategoricalGeneralizedCrossEntropy losses.CategoricalHinge
    losses.Circle losses.CosineSimilarity losses.Dice losses.Hinge losses.Huber losses.KLD losses.KLDivergence
    losses.LogCosh losses.Loss losses.MAE losses.MAPE losses.MSE losses.MSLE losses.MeanAbsoluteError
    losses.MeanAbsolutePercentageError losses.MeanSquaredError losses.MeanSquaredLogarithmicError losses.Poisson
    losses.SparseCategoricalCrossentropy losses.SquaredHinge losses.Tversky losses.binary_crossentropy
    losses.binary_focal_crossentropy losses.categorical_crossentropy losses.categorical_focal_crossentropy
    losses.categorical_generalized_cross_entropy losses.categorical_hinge losses.circle losses.cosine_similarity
    losses.ctc losses.deserialize losses.dice losses.get losses.hinge losses.huber losses.kl_divergence losses.kld
    losses.kullback_leibler_divergence losses.log_cosh losses.logcosh losses.mae losses.mape
    losses.mean_absolute_error losses.mean_absolute_percentage_error losses.mean_squared_logarithmic_error
    losses.mse losses.msle losses.poisson losses.serialize losses.sparse_categorical_crossentropy
    losses.squared_hinge losses.tversky math.approx_max_k math.approx_min_k math.erfcinv math.erfinv math.ndtri
    math.sobol_sample math.special math.xlog1py metrics.AUC metrics.Accuracy metrics.BinaryAccuracy
    metrics.BinaryCrossentropy metrics.BinaryIoU metrics.CategoricalAccuracy metrics.CategoricalCrossentropy
    metrics.CategoricalHinge metrics.ConcordanceCorrelation metrics.CosineSimilarity metrics.F1Score
    metrics.FBetaScore metrics.FalseNegatives metrics.FalsePositives metrics.Hinge metrics.IoU metrics.KLD
    metrics.KLDivergence metrics.LogCoshError metrics.MAE metrics.MAPE metrics.MSE metrics.MSLE metrics.Mean
    metrics.MeanAbsoluteError metrics.MeanAbsolutePercentageError metrics.MeanIoU metrics.MeanMetricWrapper
    metrics.MeanRelativeError metrics.MeanSquaredError metrics.MeanSquaredLogarithmicError metrics.MeanTensor
    metrics.Metric metrics.OneHotIoU metrics.OneHotMeanIoU metrics.PearsonCorrelation metrics.Poisson
    metrics.Precision metrics.PrecisionAtRecall metrics.R2Score metrics.Recall metrics.RecallAtPrecision
    metrics.RootMeanSquaredError metrics.SensitivityAtSpecificity metrics.SparseCategoricalAccuracy
    metrics.SparseCategoricalCrossentropy metrics.SparseTopKCategoricalAccuracy metrics.SpecificityAtSensitivity
    metrics.SquaredHinge metrics.Sum metrics.TopKCategoricalAccuracy metrics.TrueNegatives metrics.TruePositives
    metrics.binary_accuracy metrics.binary_crossentropy metrics.binary_focal_crossentropy
    metrics.categorical_accuracy metrics.categorical_crossentropy metrics.categorical_focal_crossentropy
    metrics.categorical_hinge metrics.concordance_correlation metrics.deserialize metrics.get metrics.hinge
    metrics.huber metrics.kl_divergence metrics.kld metrics.kullback_leibler_divergence metrics.log_cosh
    metrics.logcosh metrics.mae metrics.mape metrics.mean_absolute_percentage_error
    metrics.mean_squared_logarithmic_error metrics.mse metrics.msle metrics.pearson_correlation metrics.poisson
    metrics.serialize metrics.sparse_categorical_accuracy metrics.sparse_categorical_crossentropy
    metrics.sparse_top_k_categorical_accuracy metrics.squared_hinge metrics.top_k_categorical_accuracy mlir
    nn.RNNCellDeviceWrapper nn.RNNCellDropoutWrapper nn.RNNCellResidualWrapper nn.approx_max_k nn.approx_min_k
    nn.experimental nn.gelu nn.isotonic_regression nn.silu optimizers profiler.experimental
    quantization.experimental quantization.quantize_and_dequantize_v2 ragged.cross ragged.cross_hashed
    ragged_fill_empty_rows ragged_fill_empty_rows_grad random.Algorithm random.Generator random.create_rng_state
    random.experimental.Algorithm random.experimental.index_shuffle random.experimental.stateless_fold_in
    random.experimental.stateless_shuffle random.experimental.stateless_split random.fold_in
    random.get_global_generator random.set_global_generator random.set_seed random.split random.stateless_binomial
    random.stateless_gamma random.stateless_parameterized_truncated_normal random.stateless_poisson
    random_index_shuffle rfftnd saved_model.Asset saved_model.DEBUG_DIRECTORY saved_model.DEBUG_INFO_FILENAME_PB
    saved_model.LoadOptions saved_model.SaveOptions saved_model.experimental.Fingerprint
    saved_model.experimental.TrackableResource saved_model.experimental.VariablePolicy
    saved_model.experimental.read_fingerprint signal.fftnd signal.ifftnd signal.inverse_mdct signal.irfftnd
    signal.kaiser_bessel_derived_window signal.kaiser_window signal.mdct signal.rfftnd signal.vorbis_window
    sparse.bincount sparse.map_values sparse.sampled_addmm summary.SummaryWriter summary.create_file_writer
    summary.create_noop_writer summary.experimental summary.flush summary.graph summary.record_if
    summary.should_record_summaries summary.trace_export summary.trace_off summary.trace_on summary.write
    sysconfig.CXX_VERSION sysconfig.get_build_info tensor_scatter_nd_max tensor_scatter_nd_min test.experimental
    test.is_built_with_xla test.with_eager_op_as_function tpu.XLAOptions tpu.experimental.DeviceOrderMode
    tpu.experimental.HardwareFeature tpu.experimental.TPUSystemMetadata tpu.experimental.Topology
    tpu.experimental.embedding tpu.experimental.shutdown_tpu_system train.CheckpointOptions train.CheckpointView
    train.TrackableView train.experimental.MaxShardSizePolicy train.experimental.ShardByTaskPolicy
    train.experimental.ShardableTensor train.experimental.ShardingCallback type_spec_from_value types
    """.split()
)
