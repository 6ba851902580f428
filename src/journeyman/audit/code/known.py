"""What the libraries' names do, so far as methodology goes."""

from __future__ import annotations

import re
from collections.abc import Mapping

STEPS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "StandardScaler",
            "MinMaxScaler",
            "RobustScaler",
            "MaxAbsScaler",
            "QuantileTransformer",
            "PowerTransformer",
            "KBinsDiscretizer",
            "SquashingScaler",
            "Normalization",
        ),
        "scaling",
    ),
    **dict.fromkeys(("SimpleImputer", "KNNImputer", "IterativeImputer"), "imputing"),
    **dict.fromkeys(
        (
            "TargetEncoder",
            "CatBoostEncoder",
            "LeaveOneOutEncoder",
            "JamesSteinEncoder",
            "MEstimateEncoder",
            "WOEEncoder",
            "GLMMEncoder",
        ),
        "encoding",
    ),
    **dict.fromkeys(
        (
            "SelectKBest",
            "SelectPercentile",
            "SelectFromModel",
            "RFE",
            "RFECV",
            "SelectFdr",
            "SequentialFeatureSelector",
            "SelectFpr",
            "GenericUnivariateSelect",
            "PCA",
            "IncrementalPCA",
            "KernelPCA",
            "SparsePCA",
            "TruncatedSVD",
            "NMF",
            "FastICA",
            "FactorAnalysis",
            "LinearDiscriminantAnalysisTransform",
            "TfidfVectorizer",
            "TextVectorization",
            "CountVectorizer",
            "TfidfTransformer",
            "LatentDirichletAllocation",
            "UMAP",
            "Isomap",
            "NeighborhoodComponentsAnalysis",
            "VarianceThreshold",
            "TableVectorizer",
            "GapEncoder",
            "MinHashEncoder",
            "StringEncoder",
            "Nystroem",
        ),
        "fitting",
    ),
}
"""Steps that learn from the rows they are fitted on, with the kind of what they learn."""

STATELESS = frozenset(
    {
        "OneHotEncoder",
        "OrdinalEncoder",
        "LabelEncoder",
        "LabelBinarizer",
        "MultiLabelBinarizer",
        "Normalizer",
        "FunctionTransformer",
        "PolynomialFeatures",
        "HashingVectorizer",
        "Binarizer",
        "FeatureHasher",
        "SplineTransformer",
        "RandomTreesEmbedding",
        "GaussianRandomProjection",
        "SparseRandomProjection",
        "DatetimeEncoder",
        "MissingIndicator",
        "Cleaner",
        "ToDatetime",
        "DropCols",
        "SelectCols",
        "ApplyToCols",
    }
)
"""Transformers that learn nothing from a row's values but the names of categories."""

PIPES = frozenset(
    {
        "Pipeline",
        "make_pipeline",
        "ColumnTransformer",
        "make_column_transformer",
        "FeatureUnion",
        "make_union",
        "TransformedTargetRegressor",
        "imbpipeline",
    }
)
SEARCHES = frozenset(
    {
        "GridSearchCV",
        "RandomizedSearchCV",
        "HalvingGridSearchCV",
        "HalvingRandomSearchCV",
        "BayesSearchCV",
        "OptunaSearchCV",
    }
)
SAMPLERS = frozenset(
    {
        "SMOTE",
        "SMOTENC",
        "SMOTEN",
        "BorderlineSMOTE",
        "SVMSMOTE",
        "KMeansSMOTE",
        "ADASYN",
        "RandomOverSampler",
        "RandomUnderSampler",
        "SMOTEENN",
        "SMOTETomek",
        "NearMiss",
        "TomekLinks",
        "ClusterCentroids",
    }
)
SPLITTERS: Mapping[str, str] = {
    "KFold": "ordered",
    "StratifiedKFold": "ordered",
    "RepeatedKFold": "random",
    "RepeatedStratifiedKFold": "random",
    "ShuffleSplit": "random",
    "StratifiedShuffleSplit": "random",
    "GroupKFold": "grouped",
    "StratifiedGroupKFold": "grouped",
    "GroupShuffleSplit": "grouped",
    "LeaveOneGroupOut": "grouped",
    "LeavePGroupsOut": "grouped",
    "TimeSeriesSplit": "time",
    "PredefinedSplit": "given",
    "LeaveOneOut": "ordered",
    "PurgedKFold": "time",
    "GroupTimeSeriesSplit": "time",
}
CLASSIFIERS = (
    "Classifier",
    "LogisticRegression",
    "SVC",
    "NB",
    "RidgeClassifier",
    "Perceptron",
    "DiscriminantAnalysis",
)
MODELS = (
    "Classifier",
    "Regressor",
    "Regression",
    "RegressionCV",
    "SVC",
    "SVR",
    "NB",
    "Ridge",
    "Lasso",
    "ElasticNet",
    "LassoCV",
    "RidgeCV",
    "ElasticNetCV",
    "Perceptron",
    "DiscriminantAnalysis",
    "KMeans",
    "IsolationForest",
    "OneClassSVM",
    "Sequential",
    "Model",
    "LGBMRanker",
    "XGBRanker",
    "CatBoost",
    "CalibratedClassifierCV",
    "GaussianMixture",
    "TunedThresholdClassifierCV",
    "FixedThresholdClassifier",
    "DBSCAN",
    "Prophet",
    "ARIMA",
    "SARIMAX",
    "BaggingClassifier",
    "OneVsRestClassifier",
    "tabular_pipeline",
    "tabular_learner",
    "Learner",
    "Trainer",
    "Booster",
    "SVD",
    "SVDpp",
    "BaselineOnly",
    "KNNBasic",
    "KNNBaseline",
    "KNNWithMeans",
    "SlopeOne",
)
CLUSTERERS = frozenset(
    {
        "KMeans",
        "MiniBatchKMeans",
        "BisectingKMeans",
        "GaussianMixture",
        "BayesianGaussianMixture",
        "DBSCAN",
        "HDBSCAN",
        "AgglomerativeClustering",
        "SpectralClustering",
        "Birch",
    }
)
"""What finds groups without a target; the groups become features."""
NETWORKS = frozenset({"Sequential", "Model", "Learner", "Trainer"})
"""Networks, whose weights begin by chance, as sklearn's own know ``random_state`` for."""
RANDOM_MODELS = frozenset(
    {
        "RandomForestClassifier",
        "RandomForestRegressor",
        "ExtraTreesClassifier",
        "ExtraTreesRegressor",
        "MLPClassifier",
        "MLPRegressor",
        "BaggingClassifier",
        "BaggingRegressor",
        "KMeans",
        "MiniBatchKMeans",
        "IsolationForest",
        "SGDClassifier",
        "SGDRegressor",
    }
)
RANDOM_SPLITS = frozenset(
    {
        "RepeatedKFold",
        "RepeatedStratifiedKFold",
        "ShuffleSplit",
        "StratifiedShuffleSplit",
        "GroupShuffleSplit",
    }
)
RANDOM_CALLS = frozenset(
    {"RandomizedSearchCV", "HalvingRandomSearchCV", *SAMPLERS} - {"TomekLinks", "NearMiss"}
)

METRICS: Mapping[str, str] = {
    "accuracy_score": "accuracy",
    "balanced_accuracy_score": "balanced",
    "f1_score": "f1",
    "fbeta_score": "f1",
    "precision_score": "precision",
    "recall_score": "recall",
    "roc_auc_score": "auc",
    "average_precision_score": "ap",
    "log_loss": "log loss",
    "brier_score_loss": "brier",
    "matthews_corrcoef": "mcc",
    "cohen_kappa_score": "kappa",
    "confusion_matrix": "confusion",
    "classification_report": "report",
    "precision_recall_fscore_support": "report",
    "mean_squared_error": "mse",
    "root_mean_squared_error": "rmse",
    "mean_absolute_error": "mae",
    "r2_score": "r2",
    "mean_absolute_percentage_error": "mape",
    "median_absolute_error": "medae",
    "mean_squared_log_error": "msle",
    "root_mean_squared_log_error": "rmsle",
    "explained_variance_score": "r2",
    "top_k_accuracy_score": "accuracy",
    "ndcg_score": "ndcg",
    "hamming_loss": "accuracy",
    "zero_one_loss": "accuracy",
    "jaccard_score": "jaccard",
    "fowlkes_mallows_score": "cluster",
    "max_error": "max",
    "d2_absolute_error_score": "d2",
    "mean_pinball_loss": "pinball",
    "class_likelihood_ratios": "report",
    "auc": "auc",
}
LOSS_FUNCTIONS = frozenset(
    {
        "mse_loss",
        "l1_loss",
        "smooth_l1_loss",
        "huber_loss",
        "nll_loss",
        "cross_entropy",
        "binary_cross_entropy",
        "binary_cross_entropy_with_logits",
    }
)
"""Losses as functions: predictions first, then the truth."""
CURVES = frozenset({"precision_recall_curve", "roc_curve", "det_curve", "calibration_curve"})
LOSSES = (
    "CrossEntropyLoss",
    "MSELoss",
    "BCELoss",
    "BCEWithLogitsLoss",
    "NLLLoss",
    "L1Loss",
    "SmoothL1Loss",
    "HuberLoss",
)
CROSS_VALIDATIONS = frozenset(
    {
        "cross_val_score",
        "cross_validate",
        "cross_val_predict",
        "learning_curve",
        "validation_curve",
        "permutation_test_score",
    }
)
MINIMISERS = frozenset(
    {
        "minimize",
        "minimize_scalar",
        "fmin",
        "brute",
        "differential_evolution",
        "gp_minimize",
        "forest_minimize",
        "dual_annealing",
        "optimize",
        "fminbound",
        "basinhopping",
    }
)
CHOOSERS = frozenset(
    {
        "max",
        "min",
        "argmax",
        "argmin",
        "nanargmax",
        "nanargmin",
        "idxmax",
        "idxmin",
        "nlargest",
        "nsmallest",
        "amax",
        "amin",
        "nanmax",
        "nanmin",
    }
)
COLUMN_STATS = frozenset(
    {
        "mean",
        "std",
        "var",
        "median",
        "min",
        "max",
        "quantile",
        "mode",
        "nanmean",
        "nanstd",
        "nanmedian",
        "percentile",
        "nanpercentile",
        "nanmin",
        "nanmax",
        "average",
        "amin",
        "amax",
        "ptp",
        "skew",
    }
)
SCALING_FUNCTIONS = frozenset(
    {
        "scale",
        "minmax_scale",
        "robust_scale",
        "maxabs_scale",
        "zscore",
        "quantile_transform",
        "power_transform",
    }
)
LOADERS = frozenset(
    {
        "read_csv",
        "read_parquet",
        "read_excel",
        "read_json",
        "read_table",
        "read_feather",
        "read_sql",
        "read_sql_query",
        "read_pickle",
        "read_fwf",
        "read_hdf",
        "scan_csv",
        "scan_parquet",
        "loadtxt",
        "genfromtxt",
        "load",
        "fetch_openml",
        "make_classification",
        "make_regression",
        "make_blobs",
        "make_moons",
        "make_circles",
        "fetch_california_housing",
        "fetch_20newsgroups",
        "fetch_covtype",
        "read_sql_table",
        "read_orc",
        "fetch_olivetti_faces",
        "fetch_lfw_people",
        "load_dataset",
        "load_files",
        "make_friedman1",
        "make_gaussian_quantiles",
        "make_hastie_10_2",
    }
)
SEEDERS = frozenset(
    {
        "seed",
        "manual_seed",
        "set_seed",
        "set_random_seed",
        "seed_everything",
        "manual_seed_all",
        "set_global_seed",
        "fix_seed",
        "seed_all",
    }
)
FLIPS = frozenset(
    {
        "flip",
        "fliplr",
        "flipud",
        "rot90",
        "roll",
        "rotate",
        "shift",
        "hflip",
        "vflip",
        "random_rotation",
        "pitch_shift",
        "time_stretch",
        "add_noise",
        "random_noise",
        "gaussian_blur",
        "zoom",
        "transpose",
    }
)
CHANGES = re.compile(
    r"^(Random(?!Sampl|Over|Under|Forest|Erasing$|Search|Split|State)\w+|ColorJitter|AutoAugment|"
    r"TrivialAugment\w*|AugMix|RandAugment|GaussianNoise|GaussNoise|GaussianBlur|TimeMasking|"
    r"FrequencyMasking|TimeStretch|PitchShift|AddGaussianNoise|HorizontalFlip|VerticalFlip|Rotate|"
    r"ShiftScaleRotate|RandomErasing|ElasticTransform|SpecAugment)$"
)
"""Transformations by chance that make another picture or sound of one."""
NOISES = frozenset(
    {
        "normal",
        "randn",
        "uniform",
        "standard_normal",
        "rand",
        "random",
        "random_sample",
        "randn_like",
        "integers",
        "laplace",
    }
)
"""Draws that are added to data when it is augmented."""
